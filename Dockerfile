# The base carries neither compiler nor headers; every dependency of the locks comes as a wheel.
FROM python:3.11-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

# 1. The wheel of the package, built by the hash-checked tools of the development lock.
FROM base AS wheel
WORKDIR /build
COPY requirements-dev.lock ./
RUN pip install --no-deps --require-hashes --requirement requirements-dev.lock
COPY pyproject.toml README.md ./
COPY src ./src
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels .

# 2. What runs: the runtime lock and the wheel, in an environment that has no installer of its own.
FROM base AS installed
COPY requirements.lock /tmp/
RUN python -m venv --without-pip /opt/clothingline \
    && pip --python /opt/clothingline/bin/python install --no-deps --require-hashes --requirement /tmp/requirements.lock
COPY --from=wheel /wheels /wheels
RUN pip --python /opt/clothingline/bin/python install --no-deps --no-index /wheels/*.whl

# 3. The image.
FROM base AS final
RUN pip uninstall --yes pip setuptools wheel \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/clothingline clothingline
COPY --from=installed /opt/clothingline /opt/clothingline
WORKDIR /srv
COPY migrations ./migrations
ENV PATH=/opt/clothingline/bin:$PATH \
    CLOTHINGLINE_ENVIRONMENT=production \
    CLOTHINGLINE_HOME=/var/lib/clothingline \
    CLOTHINGLINE_HOST=0.0.0.0 \
    CLOTHINGLINE_PORT=8000
USER clothingline
VOLUME /var/lib/clothingline
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['CLOTHINGLINE_PORT']}/healthz\", timeout=4)"]
CMD ["clothingline", "serve"]
