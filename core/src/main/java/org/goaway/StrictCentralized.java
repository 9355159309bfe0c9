package org.goaway;

public interface StrictCentralized extends LinearizableObject {}
