"""Reports and conversations as files: pure functions from the contract to bytes. Nothing is counted or looked up."""
