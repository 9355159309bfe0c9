package org.goaway;

public interface LinFastRead extends LinearizableObject {}
