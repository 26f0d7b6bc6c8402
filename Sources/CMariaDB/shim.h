#pragma once

#ifndef _GNU_SOURCE  // One definition of the system's types in all C modules.
#define _GNU_SOURCE
#endif

#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
