chmod 0755 /home/medic
