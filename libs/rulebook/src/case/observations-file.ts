/** The name of a file of observations beside the `published.yaml` that names it: never a path that leads elsewhere. */
export const observationsFile = {
  type: 'string',
  // No path, no drive, no hidden file, no letter that cannot be seen.
  pattern: '^(?!\\.)[^/\\\\:\\p{C}]+\\.(json|csv|xlsx)$',
  mend: {
    zh: '写本目录中一个文件的名称（中文亦可），不带路径、不以点开头，以 .json、.csv 或 .xlsx 结尾：面积.csv',
    en: 'write the name of a file in this folder (any script), without a path or a leading point, ending in .json, .csv or .xlsx: areas.csv',
  },
};
