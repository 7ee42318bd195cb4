# The service with one model in it, for those who don't mount one and follow no alias:
#
#   docker build -f deploy/model.Dockerfile --build-arg SERVICE=retain:local model
ARG SERVICE
FROM ${SERVICE}
COPY . /model
