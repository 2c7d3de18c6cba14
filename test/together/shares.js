/** Which specs are run as one, for `npm run check` and for `npm test`. */
const path = require('node:path');
const { projects } = require('../../jest.config');
const { shareOf, specsBelow } = require('./describe-specs');

const base = (name) => projects.find(({ displayName }) => displayName === name);

/** One project for each share of the specs of these folders. */
exports.shares = (name, { like, folders, alone, of }) =>
  Array.from({ length: of }, (_, share) => ({
    ...base(like),
    displayName: `${name} ${share + 1}`,
    testMatch: ['<rootDir>/test/together/share.spec.js'],
    globals: { gepShare: { folders, alone, share, of } },
  }));

/** The same project, with these specs only. */
exports.only = (name, testMatch) => ({ ...base(name), testMatch: testMatch.map((file) => `<rootDir>/${file}`) });

exports.withoutDatabase = (of) =>
  exports.shares('together', { like: 'pure', folders: ['libs', 'apps', 'tools', 'test/cases', 'test/house'], of });

/** Every spec that these projects run, by path; one for each time that it is run. */
exports.specsRunBy = (projects) =>
  projects.flatMap(({ globals, testMatch }) =>
    globals?.gepShare
      ? shareOf(globals.gepShare)
      : testMatch.flatMap((glob) => {
          const file = glob.replace('<rootDir>/', '');
          return file.endsWith('/**/*.spec.ts') ? specsBelow([file.slice(0, -'/**/*.spec.ts'.length)]) : [file];
        }),
  );

exports.rootDir = path.resolve(__dirname, '../..');
