/** Describes many specs in one: Jest loads every module anew for each spec, which takes longer than most of them run. */
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');

/** Specs below these folders, by path. */
const specsBelow = (folders) =>
  folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true })
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
      .sort(),
  );

/** Every n-th spec of the folders, from this one on; without those that stand alone. */
const shareOf = ({ folders, alone = [], share, of }) =>
  specsBelow(folders)
    .filter((file) => !alone.includes(file))
    .filter((_, index) => index % of === share);

/** Each spec of a share under its own name. */
exports.describeShare = (share) => {
  for (const file of shareOf(share)) {
    describe(file, () => {
      require(path.join(root, file));
    });
  }
};
exports.shareOf = shareOf;
exports.specsBelow = specsBelow;
