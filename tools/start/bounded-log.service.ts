/** A log file that cannot fill a disk: at its limit the file becomes the previous one and a new one begins. */
import fs from 'node:fs';
import path from 'node:path';

const limitBytes = 5 * 1024 * 1024;

export interface BoundedLog {
  readonly file: string;
  write(chunk: Uint8Array | string): void;
  close(): void;
}

/** Opens `<folder>/<name>.log`; together with `<name>.previous.log` it takes at most about 10 MB. */
export function openBoundedLog(folder: string, name: string): BoundedLog {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.log`);
  let handle = fs.openSync(file, 'a');
  let size = fs.fstatSync(handle).size;
  const turnOver = (): void => {
    fs.closeSync(handle);
    fs.renameSync(file, path.join(folder, `${name}.previous.log`));
    handle = fs.openSync(file, 'a');
    size = 0;
  };
  return {
    file,
    write(chunk) {
      if (size >= limitBytes) turnOver();
      size += fs.writeSync(handle, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    },
    close: () => fs.closeSync(handle),
  };
}
