# 退款助手的容器镜像。写的时候没有容器引擎可用，没有真的构建和运行过；
# 里面的每条安装命令都在同样的文件布局里手工跑过，见 docs/deploy.md「没有在这里跑过的」。
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    UV_COMPILE_BYTECODE=1 \
    UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy

RUN pip install --no-cache-dir uv

WORKDIR /app

# 先装依赖：代码没变时，重新构建不用再装一遍
COPY pyproject.toml README.md LICENSE ./
COPY plugins ./plugins
RUN uv sync --no-cache --no-default-groups --group bot --extra postgres --no-editable

COPY bot.py ./
# 没有把 .env 挂进来时的底：NoneBot 只认 .env 里写了名字的环境变量，没有它，访问口令就不会生效
COPY .env.example ./.env
COPY launch ./launch

# 运行的用户写不进这里：字节码、解析过的手册都在构建时留好，否则每次启动要从头编译，多好几秒
RUN python -m compileall -q launch && .venv/bin/refund lint \
    && .venv/bin/python -c "from nonebot_plugin_refund.domain.days.calendar import warm_up; warm_up()"

# 不用 root 跑；数据文件夹要它写得进去
RUN useradd --uid 1000 --create-home refund \
    && mkdir data \
    && chown refund:refund data
USER refund

ENV PATH=/app/.venv/bin:$PATH \
    HOST=0.0.0.0 \
    PORT=8080 \
    REFUND_ADAPTER=onebot \
    REFUND_LOG_FORMAT=json

VOLUME ["/app/data"]
EXPOSE 8080

# 问事件循环，不是问端口：循环卡住时端口照样连得上。QQ 连没连上不算在内，那不是重启机器人能治的
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os; from http.client import HTTPConnection; c = HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=3); c.request('GET', '/refund/alive'); raise SystemExit(c.getresponse().status != 200)"]

# 直接运行 python，不经过 shell：停机信号到得了它，5 秒之内自己停妥
STOPSIGNAL SIGTERM
CMD ["python", "bot.py"]
