"""端到端测试：真正的 bot.py 进程、真正的 WebSocket、真正的终端。"""
