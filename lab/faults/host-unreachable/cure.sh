ip -n backend address add 10.88.0.2/24 dev eth0
