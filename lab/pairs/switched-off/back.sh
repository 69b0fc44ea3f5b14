# The machine of the backend is gone from the network, as after a power cut or a wrong button in a control panel.
ip link set eth0 down
