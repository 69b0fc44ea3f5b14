ip address add 10.88.0.5/24 dev br-backend
