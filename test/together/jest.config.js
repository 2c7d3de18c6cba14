/** Jest for `npm run check`: all specs that need no database, as two that load what they share only once. */
const { rootDir, withoutDatabase } = require('./shares');

module.exports = { rootDir, testTimeout: 60000, projects: withoutDatabase(2) };
