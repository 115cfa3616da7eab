"""数据库的连接：SQLite 与 PostgreSQL。"""
