import { ErasureCertificatesController } from './erasure-certificates.controller.js';
import { ErasureCertificatesQuery } from './erasure-certificates.query.js';
import { ErasureCertificates } from './erasure-certificates.service.js';

export const ERASURE_PARTS = {
  controllers: [ErasureCertificatesController],
  providers: [ErasureCertificates, ErasureCertificatesQuery],
};
