"""What is wrong and where: locations, problems, reports, and how they are printed. Imports nothing of the package."""
