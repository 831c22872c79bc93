"""The bundled newsroom: invented outlets that publish over two days, on loopback."""
