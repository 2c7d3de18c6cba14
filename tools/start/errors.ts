/** What `npm start` refuses before it begins, beside the refusals of the subjects. */
import { DomainError } from '@gep/kernel';

export class PlaceTaken extends DomainError {
  readonly code = 'start.place-taken';
  readonly kind = 'conflict';
  constructor(host: string, port: number) {
    super(
      {
        zh: `GEP_PORT 指定的端口 ${port}（${host}）已被其他程序占用；请关闭该程序，换一个端口，或去掉 GEP_PORT 以自动选用空闲端口`,
        en: `port ${port} of GEP_PORT (on ${host}) is taken by another program; end that program, choose another port, or drop GEP_PORT to take the next free one`,
      },
      { host, port },
    );
  }
}

export class PlaceImpossible extends DomainError {
  readonly code = 'start.place-impossible';
  readonly kind = 'invalid';
  constructor(host: string, port: number, reason: string) {
    super(
      {
        zh: `无法在 ${host} 端口 ${port} 上监听（${reason}）；请检查 GEP_HOST 与 GEP_PORT，本机可用 127.0.0.1，对外可用 0.0.0.0`,
        en: `nothing can listen on ${host} port ${port} (${reason}); check GEP_HOST and GEP_PORT: 127.0.0.1 for this machine, 0.0.0.0 for others too`,
      },
      { host, port, reason },
    );
  }
}

export class DataFolderRefused extends DomainError {
  readonly code = 'start.data-folder';
  readonly kind = 'conflict';
  constructor(folder: string, reason: string) {
    super(
      {
        zh: `无法使用数据目录 ${folder}（${reason}）；请以建立它的用户启动，或把 GEP_DATA_DIR 设为另一个目录`,
        en: `the data folder ${folder} cannot be used (${reason}); start as the user who made it, or set GEP_DATA_DIR to another folder`,
      },
      { folder },
    );
  }
}
