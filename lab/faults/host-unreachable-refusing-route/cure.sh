ip route del unreachable 10.88.0.2/32
