/**
 * Jest for the whole of `npm test`: specs that share what they load run as one; those that start processes of their own, or
 * take long, stay alone, so that two workers end at about the same time. With arguments `npm test` runs jest.config.js.
 */
const { only, rootDir, shares, withoutDatabase } = require('./shares');

const alone = ['api-garbage', 'recompute-queue', 'start'].map((name) => `test/flows/${name}.spec.ts`);

module.exports = {
  rootDir,
  maxWorkers: 2,
  testTimeout: 180000,
  projects: [
    only('faults', ['test/faults/**/*.spec.ts']),
    only('flows', alone),
    ...shares('services', { like: 'services', folders: ['test/services'], of: 6 }),
    ...shares('flows', { like: 'flows', folders: ['test/flows'], alone, of: 4 }),
    ...withoutDatabase(3),
    only('browser', ['test/browser/**/*.spec.ts']),
  ],
};
