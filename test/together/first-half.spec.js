/** Half of the specs that need no database. */
require('./describe-specs').describeEverySecond(0);
