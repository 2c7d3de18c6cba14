/**
 * Jest for the whole of `npm test`: specs that share what they load run as one; those that start processes of their own, or
 * take long, stay alone, so that all workers end at about the same time. With arguments `npm test` runs jest.config.js.
 */
const { only, rootDir, shares, withoutDatabase } = require('./shares');

const alone = ['api-garbage', 'recompute-queue', 'start'].map((name) => `test/flows/${name}.spec.ts`);

module.exports = {
  rootDir,
  // One more than a small machine has cores: what is killed, started or scheduled is waited for.
  maxWorkers: 3,
  testTimeout: 180000,
  testSequencer: '<rootDir>/test/together/in-order.js',
  // The long ones first.
  projects: [
    only('flows', alone),
    only('faults', ['test/faults/**/*.spec.ts']),
    ...shares('flows', { like: 'flows', folders: ['test/flows'], alone, of: 4 }),
    ...shares('services', { like: 'services', folders: ['test/services'], of: 6 }),
    ...withoutDatabase(3),
    only('browser', ['test/browser/**/*.spec.ts']),
  ],
};
