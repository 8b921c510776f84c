// The moc needs one translation unit for the signals of api::Changes.
#include "api/backend.h"
