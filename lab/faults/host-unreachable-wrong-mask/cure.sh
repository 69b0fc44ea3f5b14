ip address del 10.88.0.1/31 dev br-backend
ip address add 10.88.0.1/24 dev br-backend
