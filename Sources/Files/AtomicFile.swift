// Stand-in until the real one lands.
