# The service with PostgreSQL's client library, which it opens where its record is in PostgreSQL:
#
#   docker build -f deploy/postgres.Dockerfile --build-arg SERVICE=retain:0.1.0 -t retain-postgres:0.1.0 deploy
ARG SERVICE
FROM debian:bookworm-slim AS debian
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libpq5
# The library and all that it stands on, each with its package's terms.
RUN library=$(echo /usr/lib/*-linux-gnu/libpq.so.5) \
    && for file in "$library" $(ldd "$library" | grep -o '/[^ )]*'); do \
        package=$(dpkg -S "*/${file##*/}" | cut -d : -f 1 | head -n 1) \
        && mkdir -p "/image${file%/*}" "/image/usr/share/doc/$package" \
        && cp -L "$file" "/image$file" \
        && cp -L "/usr/share/doc/$package/copyright" "/image/usr/share/doc/$package/copyright"; \
    done

FROM ${SERVICE}
COPY --from=debian /image /
