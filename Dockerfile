# The service in a container: docs/how-to/operations.md tells how it is run.

FROM swift:6.3-bookworm AS build
# Without the shared libraries of SQLite, zlib, zstd and libcrypto the linker takes the archives.
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ca-certificates \
        libsqlite3-dev libssl-dev zlib1g-dev libzstd-dev \
    && rm -rf /var/lib/apt/lists/* /usr/lib/*-linux-gnu/libsqlite3.so /usr/lib/*-linux-gnu/libz.so \
        /usr/lib/*-linux-gnu/libzstd.so /usr/lib/*-linux-gnu/libcrypto.so
WORKDIR /source
COPY . .
# What is compiled stays for the next build.
RUN --mount=type=cache,target=/source/.build \
    Scripts/build-static.sh .build \
    && install -D .build/static/retain /image/usr/local/bin/retain \
    && install -D -m 644 /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ca-certificates.crt \
    && install -D -m 644 -t /image/usr/share/doc/retain LICENSE .build/static/dependencies.json .build/static/linked.txt \
    && cp -r .build/static/licenses /image/usr/share/doc/retain/licenses \
    && install -d -m 750 -o 65532 -g 65532 /image/data

# Of Debian, what the program stands on and reads. All of Debian beside the program, of which Foundation's tables of the
# world's languages are a third, would be more than 150 MB; and a service needs no shell, and no package manager.
FROM debian:bookworm-slim AS debian
COPY --from=build /image /image
RUN for file in $(ldd /image/usr/local/bin/retain | grep -o '/[^ )]*') /etc/group /etc/nsswitch.conf /etc/os-release \
        /etc/passwd /usr/share/zoneinfo /usr/share/doc/libc6/copyright /usr/share/doc/gcc-12-base/copyright; do \
        mkdir -p "/image${file%/*}" && cp -rL "$file" "/image$file"; \
    done

FROM scratch
ARG VERSION=unreleased
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Retain" \
    org.opencontainers.image.description="Finds the customers who are about to leave" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.source="${SOURCE}" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
COPY --from=debian /image /
# Predictions and outcomes: the only place that the service writes to.
VOLUME /data
WORKDIR /data
# Not root; a number, so that Kubernetes can tell.
USER 65532:65532
# The loopback of a container is nobody's, so it listens on all of its addresses. That takes keys (RETAIN_KEYS), or
# RETAIN_INSECURE=true where whoever reaches the port may ask.
ENV PATH=/usr/local/bin \
    RETAIN_HOST=0.0.0.0 \
    RETAIN_MODEL=/model \
    RETAIN_DATABASE=/data/retain.db
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 CMD ["retain", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["retain"]
CMD ["serve"]
