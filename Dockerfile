# tesoma_geo with all that its commands need; see docs/operate.md.
FROM python:3.13-slim-trixie AS build
WORKDIR /source
COPY requirements/image.txt requirements/image.txt
RUN python -m venv /opt/tesoma && /opt/tesoma/bin/pip install --no-cache-dir --require-hashes -r requirements/image.txt
COPY pyproject.toml README.md LICENSE ./
COPY tesoma_geo tesoma_geo
COPY layers layers
COPY maps/templates maps/templates
RUN /opt/tesoma/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-trixie
# WeasyPrint draws PDF with Pango; flock (util-linux) keeps two nightly jobs apart. No version is named: Debian's mirrors
# keep the newest alone, so that a build with an older one would fail.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 util-linux \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 tesoma \
    && install --directory --owner tesoma --group tesoma /data /cache /site
COPY --from=build /opt/tesoma /opt/tesoma
COPY deploy/nightly.sh /usr/local/bin/tesoma-nightly
ENV PATH=/opt/tesoma/bin:$PATH \
    TESOMA_GEO_CACHE=/cache \
    XDG_CACHE_HOME=/cache \
    MPLCONFIGDIR=/cache/matplotlib \
    TESOMA_GEO_LOG_FORMAT=json \
    NUMBA_CACHE_DIR=/cache/compiled
USER 10001
WORKDIR /data
VOLUME ["/data", "/cache", "/site"]
ENTRYPOINT ["tesoma-geo"]
CMD ["--help"]
