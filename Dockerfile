# Labourscope in one image: the command line, flows, API and dashboard. Build: docker build -t labourscope .
FROM python:3.12-slim-bookworm AS build
WORKDIR /build
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/labourscope \
 && /opt/labourscope/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock -c requirements.lock
COPY labourscope labourscope
COPY flows flows
COPY search_api search_api
COPY crawlers crawlers
COPY nlp nlp
COPY observatory observatory
COPY vacancies vacancies
COPY taxonomies taxonomies
RUN /opt/labourscope/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/labourscope labourscope
COPY --from=build /opt/labourscope /opt/labourscope
ENV PATH=/opt/labourscope/bin:$PATH \
    LABOURSCOPE_HOME=/var/lib/labourscope/home \
    PYTHONUNBUFFERED=1
USER labourscope
WORKDIR /var/lib/labourscope
VOLUME /var/lib/labourscope
EXPOSE 8000
ENTRYPOINT ["labourscope"]
CMD ["--help"]
