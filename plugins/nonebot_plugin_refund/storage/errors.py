"""存储这一层会抛出的错误。"""


class StorageError(Exception):
    """数据库打不开或升级不了。消息是中文，写明是哪个文件、怎么解决，可以直接给部署的人看。"""


class StaleVersionError(Exception):
    """要改的这一行已被别处改过（乐观锁不符），或已经不在了；重新读出来再改。"""
