ip route replace 10.99.0.0/24 via 10.88.0.2 dev br-backend
