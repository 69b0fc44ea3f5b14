ip route del prohibit 10.88.0.2/32
