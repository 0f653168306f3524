"""Faults and attacks, played on the real program: killed, cut off, failing disks, wrong clocks. Each prints its figure."""
