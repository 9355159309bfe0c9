/**
 * Real clusters under real faults: clients on all members write down what they ask of shared objects and what they are
 * answered, while processes are killed and stopped and links are cut; what they wrote is then checked.
 *
 * <p>{@link org.goaway.usage.nemesis.Round} runs one cluster under one kind of fault. The clients ({@link
 * org.goaway.usage.nemesis.Client} and what it uses) know the API alone and travel to the servers as any program does;
 * each writes its {@link org.goaway.usage.nemesis.Journal}, so that what a killed process did is known up to its last
 * operation. One clock stamps all journals: {@code System.nanoTime} is the same for all processes of a Linux machine. Beside
 * them a {@link org.goaway.usage.nemesis.Watch} writes down when the machine let a member stand still: what is promised within
 * some time is promised of that member's own time, and who stood still for long may be dropped.
 */
package org.goaway.usage.nemesis;
