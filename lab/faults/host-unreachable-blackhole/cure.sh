ip route del blackhole 10.88.0.2/32
