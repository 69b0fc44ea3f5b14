ip -n backend link set eth0 up
