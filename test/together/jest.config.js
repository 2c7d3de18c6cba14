/** Jest for `npm run check`: the projects pure, cases and house, as two specs that load what they share only once. */
const path = require('node:path');
const { projects } = require('../../jest.config');

const [pure] = projects;

module.exports = {
  rootDir: path.resolve(__dirname, '../..'),
  testTimeout: 60000,
  projects: [{ ...pure, displayName: 'together', testMatch: ['<rootDir>/test/together/*.spec.js'] }],
};
