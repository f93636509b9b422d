"""How what the studio ships was made. No part of the installed package."""
