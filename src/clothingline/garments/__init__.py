"""What is sold: garment types, designs with priced options, size charts, standard time, cloth consumption."""
