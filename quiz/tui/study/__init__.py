"""The screens of study sessions."""
