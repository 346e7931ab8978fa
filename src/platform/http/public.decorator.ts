import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'access:public';

/** Open to everybody, without a token. */
export const Public = () => SetMetadata(PUBLIC, true);
