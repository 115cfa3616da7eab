"""机器人回答“还转不转”的地址，体检和容器的健康检查都问它。"""

ALIVE_PATH = "/refund/alive"
