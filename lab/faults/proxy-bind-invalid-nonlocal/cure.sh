ip address add 10.88.0.50/24 dev br-backend
