"""Real servers on this machine: Apache Kafka and Elasticsearch as released, on loopback, without Docker.

    find a JDK (jdk, jdk_probe) -> fetch and check the files (download, checksums) -> write the configuration and
    start (kafka, elasticsearch) -> remember the process (record) -> wait until it answers -> stop (lifecycle)

They have no security and no replicas: for trying Tocsin on the real thing and for tests, never for other machines.
"""
