ip neigh del 10.88.0.2 dev br-backend
