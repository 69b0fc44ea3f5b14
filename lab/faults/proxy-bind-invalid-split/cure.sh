ip address add 10.88.0.11/24 dev br-backend
