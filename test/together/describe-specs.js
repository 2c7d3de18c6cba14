/** Describes many specs in one: Jest loads every module anew for each spec, which takes longer than most of them run. */
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const folders = ['libs', 'apps', 'tools', 'test/cases', 'test/house'];
const specs = folders.flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .sort(),
);

/** Every second spec, from this one on, each under its own name. */
exports.describeEverySecond = (first) => {
  for (const file of specs.filter((_, index) => index % 2 === first)) {
    describe(file, () => {
      require(path.join(root, file));
    });
  }
};
