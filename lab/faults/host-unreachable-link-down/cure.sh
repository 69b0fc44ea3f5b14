ip link set br-backend up
