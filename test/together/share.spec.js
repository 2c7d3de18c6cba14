/** One share of the specs, as the project says that runs it. */
require('./describe-specs').describeShare(globalThis.gepShare);
