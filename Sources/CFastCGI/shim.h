// The protocol's numbers. Its records are read and written in Swift: see docs/decisions/0021-records.md.
#pragma once

#include <fastcgi.h>
