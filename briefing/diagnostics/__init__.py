"""What is wrong and where: locations, problems, reports, and their formats. Imports no other package of briefing."""
