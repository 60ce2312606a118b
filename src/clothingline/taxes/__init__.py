"""Tax numbers of sellers, their declarations of exemption, what is withheld, and the numbers of papers."""
