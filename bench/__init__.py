"""What Cutroom costs, measured beside the bare libraries it is made of."""
