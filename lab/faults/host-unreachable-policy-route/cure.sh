ip rule del to 10.88.0.2 lookup 77 priority 1000
ip route flush table 77
